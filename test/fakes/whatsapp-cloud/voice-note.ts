/** One step of the checksum of an Ogg page: CRC-32 of polynomial 04C11DB7, most significant bit first (RFC 3533). */
const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

const checksum = (page: Buffer): number =>
  page.reduce((crc, byte) => ((crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0, 0);

const first = 2;
const last = 4;

const page = (sequence: number, flags: number, granule: number, packets: readonly Buffer[]): Buffer => {
  const head = Buffer.alloc(27 + packets.length);
  head.write('OggS');
  head[5] = flags;
  head.writeBigUInt64LE(BigInt(granule), 6);
  head.writeUInt32LE(0x5741534c, 14);
  head.writeUInt32LE(sequence, 18);
  head[26] = packets.length;
  for (const [at, packet] of packets.entries()) head[27 + at] = packet.length;
  const whole = Buffer.concat([head, ...packets]);
  whole.writeUInt32LE(checksum(whole), 22);
  return whole;
};

const opusHead = (): Buffer => {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head[8] = 1;
  head[9] = 1;
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
};

const opusTags = (): Buffer => {
  const name = Buffer.from('wasl');
  const tags = Buffer.alloc(16 + name.length);
  tags.write('OpusTags');
  tags.writeUInt32LE(name.length, 8);
  name.copy(tags, 12);
  return tags;
};

/** 20 ms of silence in Opus: full band, one channel (RFC 6716). */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);

/** A voice note as WhatsApp has them, Ogg with Opus (RFC 7845), of so many seconds in which nothing is said. */
export function silentVoiceNote(seconds: number): Buffer {
  const sound = Array.from({ length: seconds }, (_, second) =>
    page(
      second + 2,
      second + 1 === seconds ? last : 0,
      (second + 1) * 48_000,
      Array.from({ length: 50 }, () => silence),
    ),
  );
  return Buffer.concat([page(0, first, 0, [opusHead()]), page(1, 0, 0, [opusTags()]), ...sound]);
}
