import { AtSign, Globe, Headset, Mail, MessageCircle, MessageSquareText, MessagesSquare, Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';

const icons = {
  'web-chat': MessageCircle,
  whatsapp: Phone,
  'whatsapp-web': Phone,
  'whatsapp-cloud': Phone,
  email: Mail,
  x: AtSign,
  sms: MessageSquareText,
  portal: Globe,
  desk: Headset,
} as const;
type KnownChannel = keyof typeof icons;

const isKnown = (channel: string): channel is KnownChannel => Object.hasOwn(icons, channel);

export function useChannelName(): (channel: string) => string {
  const { t } = useTranslation();
  return (channel) => (isKnown(channel) ? t(`channels.${channel}`) : channel);
}

/** The sign of a channel, always beside or in place of its name for those who cannot see it. */
export function ChannelIcon({ channel, size = 14 }: { channel: string; size?: number }) {
  const Icon = isKnown(channel) ? icons[channel] : MessagesSquare;
  return <Icon size={size} strokeWidth={1.9} aria-hidden />;
}
