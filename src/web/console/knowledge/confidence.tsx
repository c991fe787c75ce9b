import { useTranslation } from 'react-i18next';
import { Ltr } from '../../ui/ltr.tsx';
import classes from './confidence.module.css';

const width = 100;

/** How sure the bank is, as a bar and a number. */
export function Confidence({ share }: { share: number }) {
  const { t } = useTranslation();
  const percent = `${Math.round(share * 100)}%`;
  return (
    <span className={classes.confidence} title={t('try.confidence', { percent })}>
      <svg className="turns-with-text" viewBox={`0 0 ${width} 6`} preserveAspectRatio="none" aria-hidden>
        <rect className={classes.ground} width={width} height={6} rx={3} />
        <rect className={classes.bar} width={Math.max(2, share * width)} height={6} rx={3} />
      </svg>
      <Ltr>{percent}</Ltr>
    </span>
  );
}
