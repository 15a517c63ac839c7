// Runs played again: entered in the middle, forked, repeated and compared.
export { blobFolders, entryAt, entryFrom } from './entry-at.js';
