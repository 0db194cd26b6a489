// What @peculiar/x509 finds its parts by; it must be there before that is loaded.
import 'reflect-metadata';

export { type LocalAuthorityOptions, openLocalAuthority } from './local-authority.js';
