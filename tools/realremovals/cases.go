package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"
)

// change is a case: a commit in which a person removed a flag.
type change struct {
	ID          string   `json:"id"`
	Repo        string   `json:"repo"`
	Parent      string   `json:"parent"`
	Commit      string   `json:"commit"`
	Flag        string   `json:"flag"`
	Kept        any      `json:"kept_value"`
	Packages    []string `json:"packages"` // "./p", or "module/dir: ./p"
	Modules     []string `json:"module_dirs"`
	Declaration string   `json:"declaration_in_commit"` // removed, kept, moved
	Args        []string `json:"args"`                  // further arguments of flaglint remove
	Tests       bool     `json:"run_tests"`             // remove with --run-tests, and run the touched packages' tests
}

func readCases(file string) ([]*change, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var cases []*change
	if err := json.Unmarshal(data, &cases); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for i, c := range cases {
		if c.ID == "" || c.Repo == "" || c.Parent == "" || c.Commit == "" || c.Flag == "" || c.Kept == nil {
			return nil, fmt.Errorf("%s: case %d (%s) lacks a field (want id, repo, parent, commit, flag, kept_value)", file, i+1, cmp.Or(c.ID, "without id"))
		}
		if len(c.Modules) == 0 {
			c.Modules = []string{"."}
		}
	}
	return cases, nil
}

// target is the flag as the command line takes it.
func (c *change) target() string { return fmt.Sprintf("%s=%v", c.Flag, c.Kept) }

// gitDir is where the case's repository is.
func (c *change) gitDir(pattern string) string {
	owner, name, _ := strings.Cut(c.Repo, "/")
	return strings.NewReplacer("{owner}", owner, "{name}", name).Replace(pattern)
}

// directories are those of the packages that the person touched.
func (c *change) directories() []string {
	var out []string
	for _, p := range c.Packages {
		m, rest, ok := strings.Cut(p, ": ")
		if !ok {
			m, rest = "", p
		}
		out = append(out, path.Join(m, rest))
	}
	return out
}

// below are the patterns, in a module, of the packages that the person touched there.
// Packages are named from the root of the repository or, where there is but one
// module, from that.
func (c *change) below(module string) []string {
	var out []string
	for _, d := range c.directories() {
		rel, ok := strings.CutPrefix(d, module+"/")
		switch {
		case module == "." || ok:
			out = append(out, "./"+cmp.Or(rel, d))
		case d == module:
			out = append(out, ".")
		case len(c.Modules) == 1:
			out = append(out, "./"+d)
		}
	}
	return out
}
