import { Button } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';

function Crashed() {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Empty icon={CircleAlert} title={t('errors.crashed')} hint={t('errors.crashedHint')}>
        <Button variant="light" mt="sm" onClick={() => window.location.reload()}>
          {t('errors.reload')}
        </Button>
      </Empty>
    </div>
  );
}

/** A fault while drawing must not leave an empty page. React offers this to classes only. */
export class CrashGuard extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    return this.state.hasCrashed ? <Crashed /> : this.props.children;
  }
}
