import { Button } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { errorText } from '../api/error-text.ts';

/** Stands where something could not be loaded: what went wrong, and the way to try again. */
export function Failure(props: { title: string; error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Empty icon={CircleAlert} title={props.title} hint={errorText(t, props.error)}>
        <Button variant="light" mt="sm" onClick={props.onRetry}>
          {t('errors.retry')}
        </Button>
      </Empty>
    </div>
  );
}
