export const x = { name: 'x', hear: () => null, draw: () => {}, switches: () => [] };
