import type { ReactNode } from 'react';
import classes from './refusal.module.css';

/** Why something was not done, read out at once. */
export const Refusal = ({ children }: { children: ReactNode }) => (
  <p className={classes.refusal} role="alert">
    {children}
  </p>
);
