package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flaghygiene/flaglint/internal/digest"
	"github.com/flaghygiene/flaglint/internal/recall"
)

// shardSuffix is that of the files in which check leaves what it found in a part of the
// packages. It tells merge its files from its packages.
const shardSuffix = ".flaglint"

// newMerge makes the command that lints with what checks of parts have found.
func newMerge(w world) *cobra.Command {
	c := &cobra.Command{
		Use:   "merge FILE" + shardSuffix + "... [packages]",
		Short: "lint like check, and take what check --shard found in parts of the packages",
		Args: func(_ *cobra.Command, args []string) error {
			if len((&parts{merges: true}).take(args)) == len(args) {
				return fmt.Errorf("merge names no shard (flaglint check --shard INDEX/COUNT --output FILE%s writes one)", shardSuffix)
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{shardSuffix[1:]}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	lint(c, w, &parts{merges: true})
	return c
}

// parts is what a command that lints has to do with parts of the packages.
type parts struct {
	shard  string   // of check
	merges bool     // merge
	files  []string // of merge
}

// take returns the arguments that are packages.
func (p *parts) take(args []string) []string {
	if !p.merges {
		return args
	}
	var packages []string
	p.files = nil
	for _, arg := range args {
		if strings.HasSuffix(arg, shardSuffix) {
			p.files = append(p.files, arg)
		} else {
			packages = append(packages, arg)
		}
	}
	return packages
}

// parse reads --shard, and refuses flags that it leaves without a meaning.
func (p *parts) parse(o options, outputs outputFiles, a adoption) (recall.Shard, error) {
	if p.shard == "" {
		return recall.Shard{}, nil
	}
	shard, err := recall.ParseShard(p.shard)
	switch {
	case err != nil:
		return shard, fmt.Errorf("--shard: %w", err)
	case !strings.HasSuffix(o.output, shardSuffix):
		return shard, fmt.Errorf("--shard: what is found goes to a file for flaglint merge (add --output FILE%s)", shardSuffix)
	case len(outputs.files) > 0, o.format != "text":
		return shard, errors.New("--shard: a part of the packages has no findings to show (give formats to flaglint merge)")
	case a.write:
		return shard, errors.New("--shard: a part of the packages makes no baseline (give --write-baseline to flaglint merge)")
	}
	return shard, nil
}

// writeShard writes what was found in a part of the packages.
func (s *session) writeShard() error {
	if s.verbose {
		s.hint("shard %v: %d of %d packages", s.shard, len(s.packages), len(s.roots()))
	}
	return s.writeOutput(s.world, s.dir, s.found.Shard)
}

// fill gives a store what was found in parts of the packages. Files that are of no use are
// told, and make the run longer.
func (s *session) fill(store *recall.Store, base digest.Sum) {
	for _, name := range s.shardFiles {
		data, err := os.ReadFile(s.paths.Abs(name))
		if err == nil {
			err = store.Fill(data, base)
		} else if pe := (*os.PathError)(nil); errors.As(err, &pe) {
			err = pe.Err
		}
		if err != nil {
			s.hint("%s: %v: nothing is taken from it", name, err)
		}
	}
}

// tellMerged tells how much of the work was done in parts.
func (s *session) tellMerged() {
	if len(s.shardFiles) > 0 {
		all, now := len(s.packages), s.found.Again
		s.hint("packages found before: %d of %d, now: %d", all-now, all, now)
	}
}
