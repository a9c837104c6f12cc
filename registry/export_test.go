package registry

// Patterns are the regular expressions that the schema repeats.
func Patterns() map[string]string {
	return map[string]string{"key": keySyntax.String(), "date": dateSyntax.String(), "version": versionSyntax.String()}
}
