import { z } from 'zod';

/** This machine, a private network (RFC 1918), or a name without a dot, as containers beside each other have. */
export const isNear = ({ hostname }: URL): boolean =>
  hostname === '[::1]' ||
  !/[.:]/.test(hostname) ||
  /^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname);

const isSafe = (value: string): boolean => {
  const url = URL.canParse(value) ? new URL(value) : null;
  return url === null || url.protocol === 'https:' || isNear(url);
};

/**
 * The setting that holds the address of a provider's interface: https, http only near by; given without a slash at the end.
 * `rule` is said of what is no address; `why` tells what would go there in the open.
 */
export const serviceAddress = (rule: string, why: string) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), rule)
    .refine(
      isSafe,
      `must begin with https://, since ${why} there (http:// on this machine or in a private network only)`,
    )
    .transform((value) => value.replace(/\/+$/, ''));
