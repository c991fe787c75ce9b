import { createPrivateKey } from 'node:crypto';
import tls from 'node:tls';

/** A self-signed certificate for localhost and 127.0.0.1 that guards nothing: its key stands here for everybody to read. */
const keyDer =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcDh2EpkTWpa3LDW2IEwKyR6dBnT9Aih/1CzSdW78hgahRANCAASABh8bAf6H0hb+/tGT1n4tFum1i+tRmr70T+OFuIlTv+Nju2DLC6xdnXVzSJujcRkFefENdCMTbQXoBhNXucB8';
const certificateDer =
  'MIIBmzCCAUGgAwIBAgIUeQeg9ubmGr0EqoZxwH8EcqWJtU0wCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE0NTYyMFoYDzIxMjYxMDI4MTQ1NjIwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASABh8bAf6H0hb+/tGT1n4tFum1i+tRmr70T+OFuIlTv+Nju2DLC6xdnXVzSJujcRkFefENdCMTbQXoBhNXucB8o28wbTAdBgNVHQ4EFgQU8Jf3rPvUDoInhX9AX9Q8xTa8KZgwHwYDVR0jBBgwFoAU8Jf3rPvUDoInhX9AX9Q8xTa8KZgwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj0EAwIDSAAwRQIgQ1wIR7bHJ5xCj8/KGE1g07LNk/9iNeDRQVwN7aQUEOoCIQDW7mbYAUAuVYFIUlvYAV41PfFGUaZol/VcguRmZ02/tA==';

export const testKey = createPrivateKey({ key: Buffer.from(keyDer, 'base64'), format: 'der', type: 'pkcs8' })
  .export({ format: 'pem', type: 'pkcs8' })
  .toString();

export const testCertificate = `-----BEGIN CERTIFICATE-----\n${certificateDer.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** From now on this process trusts the certificate; gives what takes it back. */
export function trustTestCertificate(): () => void {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, testCertificate]);
  return () => tls.setDefaultCACertificates(before);
}
