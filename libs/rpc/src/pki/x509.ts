/** @peculiar/x509 with what it needs to be there before it: its own injector reads metadata by reflection. */
import 'reflect-metadata';

export * from '@peculiar/x509';
