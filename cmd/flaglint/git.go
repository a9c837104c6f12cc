package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// git runs git in a directory and returns what it prints.
func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil && stderr.Len() > 0 {
		err = fmt.Errorf("git %s: %s", args[0], oneLine(stderr.String()))
	}
	return out, err
}

// inGit reports whether a directory is in a git checkout.
func inGit(ctx context.Context, dir string) bool {
	out, err := git(ctx, dir, "rev-parse", "--is-inside-work-tree")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

// repositoryMarks are what lies at the top of a repository, whether git is there or not.
var repositoryMarks = []string{"go.work", ".github", ".gitlab-ci.yml", ".gitignore", ".gitattributes", "CODEOWNERS"}

// top returns the directory of the checkout that the session works in. Outside of
// one, as in what an archive held, it is the topmost directory, at most maxTop above
// the module, that looks like one.
func (s *session) top() string {
	if out, err := git(s.ctx, s.dir, "rev-parse", "--show-toplevel"); err == nil {
		if dir := strings.TrimSpace(string(out)); dir != "" {
			return filepath.FromSlash(dir)
		}
	}
	top := s.dir
	if len(s.prog.Modules) > 0 {
		top = s.prog.Modules[0].Dir
	}
	dir := top
	for range maxTop {
		if dir = filepath.Dir(dir); dir == filepath.Dir(dir) {
			break
		}
		if slices.ContainsFunc(repositoryMarks, func(m string) bool { return exists(filepath.Join(dir, m)) }) {
			top = dir
		}
	}
	return top
}

// maxTop is how many directories above a module its repository may begin.
const maxTop = 4

// uncommitted returns those of the files that have changes which git does not
// hold, as untracked files do. Outside a checkout there are none.
func uncommitted(ctx context.Context, names []string) ([]string, error) {
	byDir := map[string][]string{}
	for _, name := range names {
		if real, err := filepath.EvalSymlinks(name); err == nil {
			name = real
		}
		dir := filepath.Dir(name)
		byDir[dir] = append(byDir[dir], name)
	}
	var out []string
	for dir, names := range byDir {
		if !inGit(ctx, dir) {
			continue
		}
		for chunk := range slices.Chunk(names, 100) {
			args := append([]string{"status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--"}, chunk...)
			status, err := git(ctx, dir, args...)
			if err != nil {
				return nil, err
			}
			if len(status) == 0 {
				continue
			}
			top, err := git(ctx, dir, "rev-parse", "--show-toplevel")
			if err != nil {
				return nil, err
			}
			for entry := range strings.SplitSeq(string(status), "\x00") {
				if len(entry) > 3 {
					out = append(out, filepath.Join(strings.TrimSpace(string(top)), filepath.FromSlash(entry[3:])))
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
