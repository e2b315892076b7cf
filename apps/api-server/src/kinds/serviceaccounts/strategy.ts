import { checkDns1123Subdomain, type ServiceAccount, serviceAccountKind } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';

/** All that is special about ServiceAccounts. */
export const serviceAccountStrategy = defineDataStrategy<ServiceAccount>(serviceAccountKind, {
  validate: (account) =>
    (['secrets', 'imagePullSecrets'] as const).flatMap((list) =>
      account[list].flatMap(({ name }, index) => checkDns1123Subdomain(name ?? '', `${list}[${index}].name`)),
    ),
});
