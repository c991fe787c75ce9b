import type { ReactNode } from 'react';

/** Phones, ticket numbers and ids: kept in their own order inside Arabic text. */
export const Ltr = ({ children }: { children: ReactNode }) => <bdi dir="ltr">{children}</bdi>;
