/**
 * Puts variables into a text: $(NAME) is its value, $$ a dollar (so $$(NAME) stays "$(NAME)"), and what names no
 * variable stays as it is written.
 */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (match, name: string | undefined) =>
    name === undefined ? '$' : (variables.get(name) ?? match),
  );
}
