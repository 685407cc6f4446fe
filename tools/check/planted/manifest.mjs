/** For a plant: changes a package.json. */
export const manifest = (change) => (old) => JSON.stringify(change(JSON.parse(old)), null, 2);
