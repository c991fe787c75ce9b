import { useTranslation } from 'react-i18next';
import { LateLoader } from '../../ui/late.tsx';
import { useBankSetting } from '../api/knowledge.ts';
import { Failure } from '../shell/failure.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { BankSettingsForm } from './bank-settings-form.tsx';

/** How the bank answers: how sure it must be, and the organisation's own synonyms. */
export function BankSettingsPage() {
  const { t } = useTranslation();
  const query = useBankSetting();
  usePageTitle(t('knowledge.settings'));
  if (query.isPending || (query.isFetching && !query.isFetchedAfterMount))
    return <LateLoader label={t('app.loading')} />;
  if (!query.data) return <Failure title={t('bank.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  return <BankSettingsForm setting={query.data} />;
}
