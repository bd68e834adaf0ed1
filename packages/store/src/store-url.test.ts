import { describe, expect, it } from 'vitest';
import { maskUrl, storeLocation } from './store-url.js';

describe('storeLocation', () => {
  it.each([
    { url: 'sqlite:///relative.db', path: 'relative.db' },
    { url: 'sqlite:///deep/er.sqlite3', path: 'deep/er.sqlite3' },
    { url: 'sqlite:////absolute/path.db', path: '/absolute/path.db' },
    { url: 'sqlite:///optuna_{SCHEMA_VERSION}.db', path: 'optuna_12.db' },
    { url: '.assay/assay.db', path: '.assay/assay.db' },
    { url: '/tmp/a b.db', path: '/tmp/a b.db' },
  ])('$url is $path', ({ url, path }) => {
    expect(storeLocation(url)).toEqual({ kind: 'sqlite', path });
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
    { url: 'mysql+pymysql://host/db' },
    { url: 'postgresql+psycopg2:me@host/db' },
  ])('refuses $url and says what is allowed', ({ url }) => {
    expect(() => storeLocation(url)).toThrow(
      expect.objectContaining({ code: 'BAD_URL', message: expect.stringContaining('sqlite:///relative.db') }),
    );
  });

  it('shows no password in its refusal', () => {
    expect(() => storeLocation('mysql://me:secret@host/db')).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^(?!.*secret).*there is no store on MySQL/) }),
    );
  });

  it.each([
    { given: 'postgresql://me:s@host:5432/db', url: 'postgresql://me:s@host:5432/db' },
    { given: 'postgres://host/db', url: 'postgresql://host/db' },
    { given: 'postgresql+psycopg2://me@host/db', url: 'postgresql://me@host/db' },
    { given: 'postgresql+psycopg://host/optuna_{SCHEMA_VERSION}', url: 'postgresql://host/optuna_12' },
    { given: 'postgresql://me@/db?host=/var/run', url: 'postgresql://me@/db?host=/var/run' },
    {
      given: 'postgresql://host/db?sslmode=require',
      url: 'postgresql://host/db?sslmode=require&uselibpqcompat=true',
    },
    { given: 'postgresql://host/db?sslmode=prefer', url: 'postgresql://host/db' },
    { given: 'postgresql://host/db?a=1&sslmode=allow', url: 'postgresql://host/db?a=1' },
    { given: 'postgresql://host/db?sslmode=prefer&a=1', url: 'postgresql://host/db?a=1' },
  ])('$given is PostgreSQL, without a driver', ({ given, url }) => {
    expect(storeLocation(given)).toEqual({ kind: 'postgres', url });
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
    { url: 'postgresql://me:secret', masked: 'postgresql://me:***' },
    { url: 'postgresql://me:12secret/db', masked: 'postgresql://me:***' },
    { url: 'sqlite:////home/me/a:b@c.db', masked: 'sqlite:////home/me/a:b@c.db' },
    { url: '.assay/assay.db', masked: '.assay/assay.db' },
  ])('$url', ({ url, masked }) => {
    expect(maskUrl(url)).toBe(masked);
  });
});
