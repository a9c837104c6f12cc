package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// firstCommits returns the day of the first commit that brought each key to the Go code
// below a directory, as far as the history tells. All keys are sought in one walk over
// the history, since a walk takes as long as all else that init does. What is found
// before an error holds.
func firstCommits(ctx context.Context, dir string, keys []string) (map[string]string, error) {
	// In quotes it is the key and no part of another word.
	days, err := daysOf(ctx, dir, keys, strconv.Quote)
	if err != nil {
		return days, err
	}
	var rest []string
	for _, k := range keys {
		if days[k] == "" {
			rest = append(rest, k)
		}
	}
	bare, err := daysOf(ctx, dir, rest, func(key string) string { return key })
	for k, day := range bare {
		days[k] = day
	}
	return days, err
}

// dayMark stands at the beginning of the line that tells a commit's day; no line of a
// diff begins so.
const dayMark = "day "

// daysOf walks over the history once, oldest commit first, and notes where the text of a
// key is added for the first time.
func daysOf(ctx context.Context, dir string, keys []string, text func(key string) string) (map[string]string, error) {
	days := map[string]string{}
	if len(keys) == 0 {
		return days, nil
	}
	var patterns []string
	left := map[string][]byte{}
	for _, k := range keys {
		patterns = append(patterns, quotePOSIX(text(k)))
		left[k] = []byte(text(k))
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, "git", "log", "--reverse", "--no-renames", "--format="+dayMark+"%ad", "--date=short",
		"--pickaxe-regex", "-S"+strings.Join(patterns, "|"), "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv",
		"--", "*.go", ":(exclude,glob)**/vendor/**")
	cmd.Dir = dir
	// What a partial clone lacks would be fetched file by file.
	cmd.Env = append(os.Environ(), "GIT_NO_LAZY_FETCH=1", "LC_ALL=C")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return days, err
	}
	if err := cmd.Start(); err != nil {
		return days, err
	}
	day, hunk := "", false // names of files look like added lines outside of a hunk
	for lines := bufio.NewReaderSize(out, 1<<16); len(left) > 0; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			if !errors.Is(err, io.EOF) {
				stop()
			}
			break
		}
		if rest, ok := bytes.CutPrefix(line, []byte(dayMark)); ok {
			day, hunk = string(bytes.TrimSpace(rest)), false
			continue
		}
		switch line[0] {
		case 'd':
			hunk = false // diff --git
		case '@':
			hunk = true
		case '+':
			if !hunk {
				continue
			}
			for k, t := range left {
				if bytes.Contains(line, t) {
					days[k] = day
					delete(left, k)
				}
			}
		}
	}
	if len(left) == 0 {
		stop() // the rest of the history does not matter
		_ = cmd.Wait()
		return days, nil
	}
	if err := cmd.Wait(); err != nil {
		return days, fmt.Errorf("git log: %w: %s", err, oneLine(stderr.String()))
	}
	return days, nil
}

// quotePOSIX makes an extended regular expression that matches the text alone.
func quotePOSIX(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`.[]\()*+?{}|^$`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
