/** What the methods of the API do to objects. */
export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'updateStatus'
  | 'patch'
  | 'patchStatus'
  | 'delete'
  /** A pod to a node. */
  | 'bind'
  /** A token of a ServiceAccount. */
  | 'createToken';

/** What a role must allow for a verb. */
export interface RbacVerb {
  readonly verb: string;
  readonly subresource?: string;
}

/** The verbs as roles have them: what is not about the object itself is about a subresource. */
const rbacVerbs: Partial<Record<Verb, RbacVerb>> = {
  updateStatus: { verb: 'update', subresource: 'status' },
  patchStatus: { verb: 'patch', subresource: 'status' },
  bind: { verb: 'create', subresource: 'binding' },
  createToken: { verb: 'create', subresource: 'token' },
};

/** What a role must allow for a verb. */
export const rbacVerbOf = (verb: Verb): RbacVerb => rbacVerbs[verb] ?? { verb };

const phrases: Partial<Record<Verb, string>> = {
  updateStatus: 'update the status of',
  patchStatus: 'patch the status of',
  createToken: 'create a token of',
};

/** The verb as a sentence has it: "update the status of" pods. */
export const phraseOf = (verb: Verb): string => phrases[verb] ?? verb;
