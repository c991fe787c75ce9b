import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import { decideSuggestion, forgetSuggestions } from '../api/knowledge.ts';
import type { Suggestion } from '../api/shapes.ts';

type Decided = Parameters<typeof decideSuggestion>[1];

/** Which suggestions are selected, and deciding on them one after another; what failed is told and stays. */
export function useDeciding() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const decide = async (chosen: readonly Suggestion[], decided: Decided): Promise<void> => {
    setBusy(true);
    setFailure(null);
    // One at a time: two of one article would cross each other.
    for (const one of chosen) {
      try {
        await decideSuggestion(one, decided);
      } catch (error) {
        setFailure(errorText(t, error));
      }
    }
    setSelected(new Set());
    await forgetSuggestions(client);
    setBusy(false);
  };
  return {
    selected,
    select: (ids: Iterable<string>) => setSelected(new Set(ids)),
    toggle: (id: string) =>
      setSelected((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
      ),
    isBusy,
    failure,
    decide,
  };
}
