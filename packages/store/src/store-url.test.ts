import { describe, expect, it } from 'vitest';
import { maskUrl, sqlitePathOf } from './store-url.js';

describe('sqlitePathOf', () => {
  it.each([
    { url: 'sqlite:///relative.db', path: 'relative.db' },
    { url: 'sqlite:///deep/er.sqlite3', path: 'deep/er.sqlite3' },
    { url: 'sqlite:////absolute/path.db', path: '/absolute/path.db' },
    { url: 'sqlite:///optuna_{SCHEMA_VERSION}.db', path: 'optuna_12.db' },
    { url: '.assay/assay.db', path: '.assay/assay.db' },
    { url: '/tmp/a b.db', path: '/tmp/a b.db' },
  ])('$url is $path', ({ url, path }) => {
    expect(sqlitePathOf(url)).toBe(path);
  });

  it.each([
    { url: '' },
    { url: 'notes.txt' },
    { url: 'sqlite://relative.db' },
    { url: 'sqlite://' },
    { url: 'sqlite:///' },
    { url: 'sqlite:///:memory:' },
    { url: 'sqlite:///a.db?mode=ro' },
    { url: 'mysql://host/a.db' },
  ])('refuses $url and says what is allowed', ({ url }) => {
    expect(() => sqlitePathOf(url)).toThrow(
      expect.objectContaining({ code: 'BAD_URL', message: expect.stringContaining('sqlite:///relative.db') }),
    );
  });

  it('shows no password in its refusal', () => {
    expect(() => sqlitePathOf('postgresql://me:secret@host/db')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});

describe('maskUrl', () => {
  it.each([
    { url: 'postgresql+psycopg2://me:secret@host:5432/db', masked: 'postgresql+psycopg2://me:***@host:5432/db' },
    { url: 'postgresql://me:se@cr/e:t@host/db', masked: 'postgresql://me:***@host/db' },
    { url: 'postgresql://:secret@host/db', masked: 'postgresql://:***@host/db' },
    {
      url: 'postgresql://host/db?user=me&password=secret&sslmode=on',
      masked: 'postgresql://host/db?user=me&password=***&sslmode=on',
    },
    { url: 'postgresql://me@host:5432/db', masked: 'postgresql://me@host:5432/db' },
    { url: 'postgresql://host:5432/db', masked: 'postgresql://host:5432/db' },
    { url: 'sqlite:////home/me/a:b@c.db', masked: 'sqlite:////home/me/a:b@c.db' },
    { url: '.assay/assay.db', masked: '.assay/assay.db' },
  ])('$url', ({ url, masked }) => {
    expect(maskUrl(url)).toBe(masked);
  });
});
