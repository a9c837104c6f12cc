package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// repo is a git directory without a work tree, which is only read.
type repo struct{ dir string }

func (g repo) output(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-C", g.dir}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(stderr.String()))
	}
	return out, nil
}

// changed lists the Go files that differ between two commits.
func (g repo) changed(ctx context.Context, from, to string) ([]string, error) {
	out, err := g.output(ctx, "diff", "--name-only", "--no-renames", "-z", from, to, "--", "*.go")
	if err != nil {
		return nil, err
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 }), nil
}

// file is a file of a commit; nil where the commit has none of that name.
func (g repo) file(ctx context.Context, commit, name string) []byte {
	out, err := g.output(ctx, "cat-file", "blob", commit+":"+name)
	if err != nil {
		return nil
	}
	return out
}

// checkout writes the files of a commit. Files whose content the repository
// lacks (a mirror may leave out large ones) and submodules are left out.
func (g repo) checkout(ctx context.Context, commit, dir string) error {
	list, err := g.output(ctx, "ls-tree", "-r", "-z", commit)
	if err != nil {
		return err
	}
	type entry struct{ mode, hash, name string }
	var entries []entry
	var hashes strings.Builder
	for _, line := range strings.FieldsFunc(string(list), func(r rune) bool { return r == 0 }) {
		head, name, _ := strings.Cut(line, "\t")
		f := strings.Fields(head)
		if len(f) == 3 && f[1] == "blob" {
			entries = append(entries, entry{f[0], f[2], name})
			hashes.WriteString(f[2] + "\n")
		}
	}
	cmd := exec.CommandContext(ctx, "git", "-C", g.dir, "cat-file", "--batch")
	cmd.Stdin = strings.NewReader(hashes.String())
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	r := bufio.NewReader(pipe)
	for _, e := range entries {
		head, err := r.ReadString('\n')
		if err != nil {
			return fmt.Errorf("git cat-file: %w", err)
		}
		f := strings.Fields(head)
		if len(f) != 3 {
			continue // missing
		}
		size, err := strconv.Atoi(f[2])
		if err != nil {
			return fmt.Errorf("git cat-file: %q", head)
		}
		data := make([]byte, size+1)
		if _, err := io.ReadFull(r, data); err != nil {
			return fmt.Errorf("git cat-file: %w", err)
		}
		if err := write(filepath.Join(dir, filepath.FromSlash(e.name)), e.mode, data[:size]); err != nil {
			return err
		}
	}
	return cmd.Wait()
}

func write(name, mode string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	if mode == "120000" {
		return os.Symlink(string(data), name)
	}
	perm := os.FileMode(0o644)
	if mode == "100755" {
		perm = 0o755
	}
	return os.WriteFile(name, data, perm)
}
