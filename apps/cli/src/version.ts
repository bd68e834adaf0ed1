/** Of the command, and of the packages that come with it. */
export const VERSION = '0.1.0';
