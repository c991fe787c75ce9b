import { useTranslation } from 'react-i18next';

const shapes = [
  ['emptyText', /^It is empty/],
  ['noSuchService', /^There is no service /],
  ['noSuchDepartment', /^There is no department /],
] as const;

/** What the server says of a field of an article, in the language of the page; as it was written where it is not known. */
export function useFaultText(): (message: string | undefined) => string | undefined {
  const { t } = useTranslation();
  return (message) => {
    const known = message === undefined ? undefined : shapes.find(([, shape]) => shape.test(message));
    return known ? t(`article.${known[0]}`) : message;
  };
}
