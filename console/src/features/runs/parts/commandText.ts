/** Words of a command as a shell would take them. */
export const commandText = (command: readonly string[]): string => command.map((word) => (word === '' || /[\s"'$`\\|&;<>()*?]/.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : word)).join(' ');
