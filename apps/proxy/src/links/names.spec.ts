import fc from 'fast-check';
import { isMac, isVethName, macOfIp, vethName, vtepMac } from './names';

test('a veth name fits, whatever the uid is, and is known as ours', () => {
  fc.assert(fc.property(fc.string(), (uid) => vethName(uid).length === 15 && isVethName(vethName(uid))));
  expect(isVethName('veth0')).toBe(false);
});

test('hardware addresses are local, single ones, and derived', () => {
  fc.assert(fc.property(fc.string(), (name) => isMac(vtepMac(name)) && vtepMac(name).startsWith('02:')));
  expect(vtepMac('node-1')).not.toBe(vtepMac('node-2'));
  expect(macOfIp('10.244.1.7')).toBe('0a:58:0a:f4:01:07');
});
