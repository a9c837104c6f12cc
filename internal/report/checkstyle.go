package report

import (
	"encoding/xml"
	"io"
)

type checkstyleOutput struct {
	XMLName xml.Name          `xml:"checkstyle"`
	Version string            `xml:"version,attr"`
	Files   []*checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr,omitempty"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// Checkstyle writes the outcome in the format of Checkstyle, whose severities are
// named as ours are.
func (c Check) Checkstyle(w io.Writer, o Options) error {
	out := checkstyleOutput{Version: "4.3"}
	var file *checkstyleFile
	for _, f := range c.Findings {
		if shown := o.Paths.Show(f.Pos.Filename); file == nil || file.Name != shown {
			file = &checkstyleFile{Name: shown}
			out.Files = append(out.Files, file)
		}
		file.Errors = append(file.Errors, checkstyleError{
			Line: f.Pos.Line, Column: f.Pos.Column, Severity: f.Severity.String(), Message: o.message(f), Source: name + "." + f.Rule,
		})
	}
	return writeXML(w, out)
}

// writeXML writes an indented document with its declaration and a newline.
func writeXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
