/** Licences that every dependency may have, and why they suit an Apache-2.0 program. */
export const allowedLicences = {
  MIT: 'permissive',
  ISC: 'permissive',
  'BSD-2-Clause': 'permissive',
  'BSD-3-Clause': 'permissive',
  '0BSD': 'permissive, no conditions',
  'Apache-2.0': 'our own licence',
  'BlueOak-1.0.0': 'permissive',
  'CC0-1.0': 'public domain',
  Unlicense: 'public domain',
  'Python-2.0': 'permissive',
};

/**
 * Packages with another licence, or with none in their manifest, and why they are accepted.
 * `package` matches the name; a change of licence fails again. `licence` is what the manifest says,
 * `null` where it says nothing; then `version` pins what was read.
 */
export const exceptions = [
  {
    package: /^axe-core$/,
    licence: 'MPL-2.0',
    why: 'used unmodified by the tests of the console; not shipped',
  },
  {
    package: /^caniuse-lite$/,
    licence: 'CC-BY-4.0',
    why: 'browser data that a test tool reads; not shipped',
  },
  {
    package: /^lightningcss(-[a-z0-9-]+)?$/,
    licence: 'MPL-2.0',
    why: 'used unmodified by vite while bundling; no part of it is in the bundle',
  },
  {
    package: /^precond$/,
    licence: null,
    version: '0.2.3',
    why: 'MIT according to its README and the header of each file; simulated charger only',
  },
];
