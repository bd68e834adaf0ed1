'use strict';
const { existsSync } = require('node:fs');
const path = require('node:path');

/**
 * Points node-gyp at the headers that came with the running Node, where they are there:
 * better-sqlite3 then compiles without downloading them.
 */
function updateConfig(config) {
  const prefix = path.dirname(path.dirname(process.execPath));
  if (!existsSync(path.join(prefix, 'include', 'node', 'node.h'))) return config;
  config.extraEnv = { ...config.extraEnv, npm_config_nodedir: prefix };
  return config;
}

module.exports = { hooks: { updateConfig } };
