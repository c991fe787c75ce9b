import { expect, it } from 'vitest';
import { hashPassword, isPassword, makePassword } from '../../../src/agent/password.ts';
import { isSame } from '../../../src/agent/secret.ts';

it('a password is known again by its hash, and hashes of the same password differ', async () => {
  const [one, other] = [await hashPassword('كلمة سر طويلة'), await hashPassword('كلمة سر طويلة')];
  expect(one).not.toBe(other);
  expect(await isPassword(one, 'كلمة سر طويلة')).toBe(true);
  expect(await isPassword(one, 'كلمة سر طويله')).toBe(false);
});

it('an account that does not exist is refused, also for the password of the stand-in', async () => {
  expect(await isPassword(null, 'nobody has this password')).toBe(false);
});

it('made passwords are long, readable aloud and never the same', () => {
  const made = Array.from({ length: 100 }, makePassword);
  expect(new Set(made).size).toBe(100);
  for (const one of made) expect(one).toMatch(/^([a-km-np-zA-HJ-NP-Z2-9]{5}-){3}[a-km-np-zA-HJ-NP-Z2-9]{5}$/);
});

it('secrets of any length are compared without an error', () => {
  expect([isSame('a', 'a'), isSame('a', 'ab'), isSame('', 'a')]).toEqual([true, false, false]);
});
