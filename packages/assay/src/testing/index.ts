export { reportedValues } from './reported-values.js';
export { folderWith, prepareContextOf } from './source-folders.js';
