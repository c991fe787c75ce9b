import { Stack, Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './empty.module.css';

/** What stands where there is nothing yet: says why, and what would bring something here. */
export const Empty = (props: { icon: LucideIcon; title: string; hint?: string; children?: ReactNode }) => (
  <Stack className={classes.root} align="center" justify="center" gap={6}>
    <span className={classes.icon}>
      <props.icon size={26} strokeWidth={1.6} aria-hidden />
    </span>
    <Text fw={600} fz="lg">
      {props.title}
    </Text>
    {props.hint && (
      <Text c="gray.6" maw={380}>
        {props.hint}
      </Text>
    )}
    {props.children}
  </Stack>
);
