import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { Keyboard, Languages, LogOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { signOut, useSession } from '../api/session.ts';
import { initials } from './initials.ts';
import { useLanguageSwitch } from './language-switch.tsx';
import classes from './user-menu.module.css';

/** Who is signed in, the language, help, and the way out. */
export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const { to, turn } = useLanguageSwitch();
  return (
    <Menu position="top-start" width={240} shadow="md">
      <Menu.Target>
        <UnstyledButton aria-label={`${t('user.menu')}: ${agent.name}`}>
          <Avatar color="green.1" variant="filled" radius="xl" autoContrast>
            {initials(agent.name)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who} aria-hidden>
          <Text fw={600} c="gray.8">
            <bdi>{agent.name}</bdi>
          </Text>
          <Text fz="xs" c="gray.6">
            {t(`roles.${agent.role}`)}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Languages size={16} aria-hidden />} onClick={turn} lang={to}>
          {t('user.language')}
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={16} aria-hidden />} onClick={onHelp}>
          {t('keys.open')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<LogOut size={16} className="turns-with-text" aria-hidden />}
          onClick={() => void signOut()}
        >
          {t('user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
