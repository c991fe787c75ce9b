import { Center, Loader } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

const lateMs = 200;

/** Shows its children only after 200 ms: what is quicker than that needs no sign of waiting. */
export function Late({ children }: { children: ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), lateMs);
    return () => clearTimeout(timer);
  }, []);
  return isLate ? children : null;
}

/** A spinner for a whole area, after 200 ms. `label` is read out. */
export const LateLoader = ({ label }: { label: string }) => (
  <Late>
    <Center h="100%" mih={120} role="status" aria-label={label}>
      <Loader size="sm" />
    </Center>
  </Late>
);
