const paths = {
  close: 'M6 6l12 12M18 6 6 18',
  down: 'm6 9 6 6 6-6',
  send: 'M4.5 12 20 4.5 15.5 20l-3.6-6.4L4.5 12Zm7.4 1.6L20 4.5',
  attach: 'm20 11.5-8.3 8.2a5.2 5.2 0 0 1-7.4-7.3l8.6-8.5a3.5 3.5 0 0 1 5 4.9l-8.6 8.5a1.7 1.7 0 0 1-2.5-2.4l7.9-7.8',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5a7.5 7.5 0 0 1 15 0',
  assistant:
    'M6.5 8.5h11a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 16v-5a2.5 2.5 0 0 1 2.5-2.5ZM12 8.5V5.2M9.2 12.6v1.6M14.8 12.6v1.6M12 5a.9.9 0 1 0 0-1.8A.9.9 0 0 0 12 5Z',
  file: 'M7 3.5h6.5L18 8v11a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 19V5a1.5 1.5 0 0 1 1-1.5ZM13.5 3.5V8H18',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 1.8',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  checks: 'm2.5 12.5 4.5 4.5L16.5 7.5M12.5 16.4l.7.6 8.8-9.5',
  warning:
    'M12 8.5v4.5M12 16.5v.1M10.7 4.3 3.2 17.4a1.5 1.5 0 0 0 1.3 2.2h15a1.5 1.5 0 0 0 1.3-2.2L13.3 4.3a1.5 1.5 0 0 0-2.6 0Z',
  shield: 'M12 3.5 5 6v5.5c0 4.2 2.9 7.6 7 9 4.1-1.4 7-4.8 7-9V6l-7-2.5ZM9 11.8l2.2 2.2 4-4.2',
  retry: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4h-4',
  language:
    'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM3.5 12h17M12 3.5c2.4 2.4 3.6 5.2 3.6 8.5s-1.2 6.1-3.6 8.5c-2.4-2.4-3.6-5.2-3.6-8.5S9.6 5.9 12 3.5Z',
  offline:
    'M4 9.5a12.5 12.5 0 0 1 4-2.3M20 9.5A12.4 12.4 0 0 0 12.4 6.5M7 13a8 8 0 0 1 3.2-1.8M17 13l-1-.8M12 18v.1M4 4l16 16',
} as const;

export type IconName = keyof typeof paths;

/** A drawn sign beside a text or a label; it says nothing to a screen reader. */
export function Icon({ name, flips = false }: { name: IconName; flips?: boolean }) {
  return (
    <svg class={flips ? 'icon flips' : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
