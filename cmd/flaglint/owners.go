package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// owners are the rules of a CODEOWNERS file, in order; the last that matches
// holds.
type owners struct {
	root  string // of the repository
	rules []ownerRule
}

type ownerRule struct{ pattern, owner string }

// readOwners reads the CODEOWNERS file of the repository that dir is in, where
// GitHub and GitLab look for it.
func readOwners(ctx context.Context, dir string) owners {
	out, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return owners{}
	}
	o := owners{root: strings.TrimSpace(string(out))}
	for _, name := range []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"} {
		data, err := os.ReadFile(filepath.Join(o.root, filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(data)) {
			line, _, _ = strings.Cut(line, "#")
			fields := strings.Fields(line)
			if len(fields) == 0 || strings.HasPrefix(fields[0], "[") || strings.HasPrefix(fields[0], "^[") {
				continue // a section of GitLab
			}
			rule := ownerRule{pattern: fields[0]}
			if len(fields) > 1 {
				rule.owner = fields[1]
			}
			o.rules = append(o.rules, rule)
		}
		break
	}
	return o
}

// of returns the first owner of an absolute file, or nothing.
func (o owners) of(name string) string {
	rel, err := filepath.Rel(o.root, name)
	if err != nil {
		return ""
	}
	owner := ""
	for _, r := range o.rules {
		if r.matches(filepath.ToSlash(rel)) {
			owner = r.owner
		}
	}
	return owner
}

// matches reads the pattern as git ignores do: anchored if it has a slash
// before its end, and of a directory all that is below.
func (r ownerRule) matches(file string) bool {
	pattern := strings.TrimSuffix(r.pattern, "/")
	if strings.Contains(pattern, "/") {
		pattern = strings.TrimPrefix(pattern, "/")
	} else {
		pattern = "**/" + pattern
	}
	return doublestar.MatchUnvalidated(pattern, file) || doublestar.MatchUnvalidated(pattern+"/**", file)
}
