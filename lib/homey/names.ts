const PREFIXES = /^(?:REG_GROUP|REG_VALUE|COMP_VALUE|REG|COMP)_+/;

/** A register's or mode's own name made readable: `REG_SER_HOT_WATER_START` becomes `Ser hot water start`. */
export const readableName = (name: string): string => {
  const words = name.replace(PREFIXES, '').replaceAll(/_+/g, ' ').trim().toLowerCase();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
};
