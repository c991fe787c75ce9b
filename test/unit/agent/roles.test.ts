import { describe, expect, it } from 'vitest';
import { agentRoles, may, type Permission, permissions } from '../../../src/agent/roles.ts';

const all = Object.keys(permissions) as Permission[];

describe('roles', () => {
  it('an administrator may do everything', () => {
    expect(all.filter((permission) => !may('administrator', permission))).toEqual([]);
  });

  it('management may change nothing', () => {
    const changing = all.filter((permission) => /\.(change|work|note|add|full|restricted)$/.test(permission));
    expect(changing.length).toBeGreaterThan(5);
    expect(changing.filter((permission) => may('management', permission))).toEqual([]);
  });

  it('nobody but an administrator reaches accounts, tokens, settings and the audit', () => {
    const guarded: Permission[] = ['agents.change', 'tokens.change', 'settings.change', 'audit.read'];
    const others = agentRoles.filter((role) => role !== 'administrator');
    expect(others.flatMap((role) => guarded.filter((permission) => may(role, permission)))).toEqual([]);
  });
});
