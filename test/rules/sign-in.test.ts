import { expect, it } from 'vitest'
import { cookieName, needsRenewal, safeNext } from '../../src/features/signin/rules.ts'
import { mayFound, slugOf, authorise } from '../../src/features/organizations/rules.ts'

it('goes on to our own dashboard and nowhere else', () => {
  expect(safeNext('/dashboard/studio/portals?cursor=1')).toBe('/dashboard/studio/portals?cursor=1')
  expect(safeNext('/dashboard')).toBe('/dashboard')
  for (const attack of [
    undefined,
    '',
    'https://evil.example/dashboard',
    '//evil.example/dashboard',
    '/\\evil.example/dashboard',
    '/dashboardx',
    '/dashboard/../../sign-out',
    'javascript:alert(1)//dashboard',
    `/dashboard/${'a'.repeat(600)}`,
  ]) {
    expect(safeNext(attack)).toBeUndefined()
  }
})

it('names the cookie so that https keeps it to itself', () => {
  expect(cookieName('https://portals.example')).toBe('__Secure-adminstack.session_token')
  expect(cookieName('http://127.0.0.1:8787')).toBe('adminstack.session_token')
})

it('renews a session once a day at most', () => {
  const day = 86_400_000
  const now = 100 * day
  expect(needsRenewal(now + 14 * day, now)).toBe(false)
  expect(needsRenewal(now + 13 * day, now)).toBe(true)
})

it('lets the first owner found, in any case of letters, and strangers only where signing up is open', () => {
  const settings = { firstOwner: 'maya@studio.example', openSignUp: false }
  const roles = [] as const
  const eve = { email: 'eve@evil.example', roles }
  expect(mayFound({ email: 'Maya@Studio.example', roles }, settings)).toBe(true)
  expect(mayFound(eve, settings)).toBe(false)
  expect(mayFound(eve, { ...settings, openSignUp: true })).toBe(true)
  expect(mayFound({ ...eve, roles: ['admin', 'member'] }, settings)).toBe(false)
  expect(mayFound({ ...eve, roles: ['member', 'owner'] }, settings)).toBe(true)
})

it('gives roles what the table says, and everybody else nothing', () => {
  expect(authorise({ kind: 'member', role: 'member' }, 'portal.create')).toBe(true)
  expect(authorise({ kind: 'member', role: 'member' }, 'link.reveal')).toBe(false)
  expect(authorise({ kind: 'apiKey', role: 'admin' }, 'link.reveal')).toBe(true)
  expect(authorise({ kind: 'contact' }, 'portal.create')).toBe(false)
  expect(authorise({ kind: 'contact', role: 'owner' }, 'portal.create')).toBe(false)
})

it.each([
  ['Northwind Studio!', 'northwind-studio'],
  ['Łódź & Søn', 'lodz-son'],
  ['Café Ångström', 'cafe-angstrom'],
  ['株式会社', ''],
  ['a'.repeat(39) + ' b', 'a'.repeat(39)],
])('makes an address of %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})
