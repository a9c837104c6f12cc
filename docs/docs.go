// Package docs holds the pages that the program prints: one a rule, written by
// the tests of package analyzer from the rule's documentation comment, its
// metadata and its examples.
package docs

import "embed"

//go:embed rules/*.md
var rules embed.FS

// Rule returns the page of a rule in Markdown, or "" where there is none.
func Rule(name string) string {
	page, err := rules.ReadFile("rules/" + name + ".md")
	if err != nil {
		return ""
	}
	return string(page)
}
