using System.Globalization;
using System.Text;

namespace AltSendme.Cli.Tests.Packaging;

/// <summary>The manual page: commands and options from the program, exit codes from docs/cli.md, the rest from here.</summary>
internal static class ManualPage
{
    private const string Start = """
        .\" Made from the program's commands.
        .TH ALTSENDME 1 "" AltSendme "User Commands"
        .SH NAME
        altsendme \- send files and folders straight from one machine to another
        .SH SYNOPSIS
        .B altsendme send
        .IR PATH ...
        .br
        .B altsendme receive
        .IR TICKET ...
        .br
        .B altsendme
        .I COMMAND
        .RI [ OPTION ...]
        .SH DESCRIPTION
        One side sends and gets a
        .IR ticket ,
        a line of text. Whoever has the ticket can fetch the files: directly or through a relay, encrypted from end to end, every byte verified as it arrives, resumable. There is no account, and nothing is
        stored in between.
        .PP
        Either side may be another program that speaks iroh's blob protocol, such as
        .BR sendme .
        .SH COMMANDS

        """;

    private const string Files = """
        .SH FILES
        .TP
        .I ~/.config/altsendme/settings.json
        Your settings;
        .B altsendme config list
        shows what holds.
        .TP
        .I /etc/altsendme/settings.json
        Settings for everybody on this machine.
        .TP
        .I /etc/altsendme/policy.json
        What the administrator enforces;
        .B altsendme policy show
        shows it.
        .TP
        .I ~/.local/share/altsendme
        State: shares and receives of the background service, plugins that you installed, your identity if you keep one.
        .TP
        .IR *.altsendme\-\&... .part
        A hidden folder beside a destination: what an unfinished receive has verified.
        .SH ENVIRONMENT
        Every setting can be given as a variable:
        .B ALTSENDME_Listen__Port=4433
        is the setting
        .BR Listen:Port .
        .SH EXAMPLES
        .TP
        .B altsendme send photos/ report.pdf
        Print a ticket, wait for one receiver, end when it has verified everything.
        .TP
        .B altsendme receive TICKET \-o ~/Downloads
        Show names and sizes, ask, fetch, verify, move into place.
        .TP
        .B altsendme send \-\-background \-\-copy report.pdf
        Let the background service share, and put the ticket on the clipboard.
        .SH SEE ALSO
        The files in
        .I /usr/share/doc/altsendme
        .PP
        .BR altsendme\-relay (8)

        """;

    /// <param name="program">The commands.</param>
    /// <param name="exitCodes">Code and meaning.</param>
    public static string Text(CommandNode program, IEnumerable<(string Code, string Meaning)> exitCodes)
    {
        var text = new StringBuilder(Start);
        foreach (var command in program.All().Skip(1).Where(static node => node.Children.Count == 0))
        {
            text.Append(CultureInfo.InvariantCulture, $".SS {Escaped(command.Path)}\n.B altsendme {Escaped(command.Path)}\n");
            if (command.Arguments.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $".I {Escaped(string.Join(' ', command.Arguments.Select(static argument => argument.Usage)))}\n");
            text.Append(CultureInfo.InvariantCulture, $".PP\n{Line(command.Description)}\n");
            foreach (var argument in command.Arguments)
                text.Append(CultureInfo.InvariantCulture, $".TP\n.I {Escaped(argument.Name.ToUpperInvariant())}\n{Line(argument.Description)}\n");
            foreach (var option in command.Options.Where(option => program.Options.All(global => global.Name != option.Name)))
                Write(text, option);
        }

        text.Append(".SH OPTIONS OF EVERY COMMAND\n");
        foreach (var option in program.Options)
            Write(text, option);
        text.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in exitCodes)
            text.Append(CultureInfo.InvariantCulture, $".TP\n.B {code}\n{Line(meaning)}\n");
        return text.Append(Files).Replace("\r\n", "\n").ToString();
    }

    private static void Write(StringBuilder text, OptionNode option) =>
        text.Append(CultureInfo.InvariantCulture, $".TP\n.BR {string.Join(" \", \" ", option.Names.Select(Escaped))}{(option.ValueName is null ? "" : $" \" {Escaped(option.ValueName)}\"")}\n{Line(option.Description)}\n");

    private static string Escaped(string text) => text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);

    // A line that begins with a dot or a quote would be an instruction.
    private static string Line(string text) => Escaped(text) is var line && line.Length > 0 && line[0] is '.' or '\'' ? "\\&" + line : Escaped(text);
}
