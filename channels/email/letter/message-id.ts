const ourId = /^<([\w-]{1,64})@([^<>@\s]+)>$/;

/** The Message-ID of a delivery: the same at each try, so that a mail that arrives twice is known for one. */
export const messageIdOf = (deliveryId: string, idDomain: string): string => `<${deliveryId}@${idDomain}>`;

/** The delivery that a Message-ID of ours stands for; null where it is somebody else's. */
export function deliveryIdOf(messageId: string, idDomain: string): string | null {
  const [, id = null, domain = ''] = ourId.exec(messageId.trim()) ?? [];
  return domain.toLowerCase() === idDomain.toLowerCase() ? id : null;
}

/** The domain of the Message-IDs that an inbox gives: that of its address. */
export const idDomainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
