import { createPrivateKey } from 'node:crypto';
import tls from 'node:tls';

/** A self-signed certificate for localhost and 127.0.0.1 that guards nothing: its key stands here for everybody to read. */
const keyDer =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgeTjuCuwI7NtP0xyMqRiejgmI+a//J2Ys1q12RXhhsMuhRANCAASItDrI6Xs7W8+taVDcg24c9380OWRZeZ1qfkVrAJ3OPEmeOm7EuGq4wPGH6VxxmtoxyTDnycDHm4NzwL2RgScS';
const certificateDer =
  'MIIBojCCAUigAwIBAgIUPkv2guAzy242wX+bSk9sGweU9rQwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE1MDAyOFoYDzIxMjYxMDI4MTUwMDI4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASItDrI6Xs7W8+taVDcg24c9380OWRZeZ1qfkVrAJ3OPEmeOm7EuGq4wPGH6VxxmtoxyTDnycDHm4NzwL2RgScSo3YwdDAdBgNVHQ4EFgQUc5CjBPfz5zycK4u6KwshMCB4kWEwHwYDVR0jBBgwFoAUc5CjBPfz5zycK4u6KwshMCB4kWEwDwYDVR0TAQH/BAUwAwEB/zAhBgNVHREEGjAYgglsb2NhbGhvc3SHBH8AAAGCBTEyNy4xMAoGCCqGSM49BAMCA0gAMEUCIQC+jUZzluResk856Lu5tjG12dOWRWawFA9G1e39MH4q8AIgeZGkR45Yjq8dwyXj+UDBLcqzSsPHNvo+HeCAv2MqW80=';

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
