import { Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Rating } from '../api/shapes.ts';
import classes from './rating-shown.module.css';

const stars = [1, 2, 3, 4, 5] as const;

/** What the person thought of the service: stars, and their words where they said why. Nothing until they answered. */
export function RatingShown({ rating, withWords = false }: { rating: Rating | null | undefined; withWords?: boolean }) {
  const { t } = useTranslation();
  const score = rating?.score ?? null;
  if (score === null) return null;
  return (
    <>
      <span className={classes.stars} role="img" aria-label={t('rating.score', { score })}>
        {stars.map((one) => (
          <Star key={one} size={13} data-full={one <= score || undefined} aria-hidden />
        ))}
      </span>
      {withWords && rating?.comment && (
        <q className={classes.comment} dir="auto">
          {rating.comment}
        </q>
      )}
    </>
  );
}
