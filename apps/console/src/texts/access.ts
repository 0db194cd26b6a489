/** Texts about who may do what, and how people get to the page at a charger. */
export const ACCESS_TEXTS = {
  needs: (role: string) => `needs the role ${role}`,
  signedInAs: (role: string) => `role ${role}`,
  signOut: 'Sign out',
  notSignedOut: (why: string) => `You are still signed in: ${why}`,
  token: 'Operator token',
  signIn: 'Sign in',
  wrongToken: 'This token is not valid.',
  notReached: 'The gateway cannot be reached now.',
  adminsOnly: 'Only the role admin sees this. Ask for a sign-in link of that role: npm run cli -- sign-in',
  qr: {
    title: (id: string) => `Page at ${id}`,
    link: 'QR code',
    hint: 'Print this and put it on the cabinet: it leads to the page for the person who stands there.',
    alt: (url: string) => `QR code of ${url}`,
    print: 'Print',
    otherAddress:
      'This is the address under which you see the console now. Set CONSOLE_URL where phones reach it by another one.',
    back: 'Station',
    unknown: (id: string) => `There is no station ${id}.`,
    invite: 'Sign somebody in to this page',
    inviteHint:
      'A link for one person, once, for 15 minutes: show it or send it. It leads to the page of this charger, with the role field.',
    inviteName: 'Who it is for (stands in the audit log)',
    make: 'Make a link',
  },
} as const;
