using System.Security;
using AltSendme.Cli.Integrations.Files;

namespace AltSendme.Cli.Integrations.Mac;

/// <summary>
/// Entries of macOS: a Quick Action of Finder that sends what is selected, a service that takes a selected ticket in any program, and the agent that takes up kept shares at login. The actions are workflows of
/// Automator, which macOS runs without a program of ours being an application bundle; each holds a shell script that gets the selection as arguments or input, never as text of its own.
/// </summary>
internal sealed class FinderIntegration : FileIntegration
{
    private const string AsInput = "0";
    private const string AsArguments = "1";

    /// <inheritdoc/>
    public override string Name => "finder";

    /// <inheritdoc/>
    public override string Title => "Finder (macOS)";

    /// <inheritdoc/>
    public override bool IsForThisSystem => OperatingSystem.IsMacOS();

    /// <inheritdoc/>
    protected override bool IsPresent => OperatingSystem.IsMacOS();

    /// <inheritdoc/>
    protected override string Afterwards => "Where the entry is missing, switch it on: System Settings, Keyboard, Keyboard Shortcuts, Services.";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<OwnedFile> Files(IntegrationTarget target) =>
    [
        .. Workflow("send", "Send with AltSendme", AsArguments, "com.apple.Automator.fileSystemObject", "NSTouchBarShareTemplate", target),
        .. Workflow("receive", "Receive with AltSendme", AsInput, "com.apple.Automator.text", "NSTouchBarDownloadTemplate", target),
        new(Path.Combine(target.DataFolder, "LaunchAgents", "org.altsendme.service.plist"), EmbeddedText.Read("finder/agent.plist", ("MARK", OwnedFile.Mark), ("SERVICE", Xml(target.ServiceProgram)))),
    ];

    private static IEnumerable<OwnedFile> Workflow(string action, string name, string method, string input, string icon, IntegrationTarget target)
    {
        var contents = Path.Combine(target.DataFolder, "Services", $"{name}.workflow", "Contents");
        var title = Labels.In(Labels.Fallback, action);
        var script = EmbeddedText.Read($"finder/{action}.sh", ("PROGRAM", ShellQuoted(target.Program)));
        yield return new OwnedFile(Path.Combine(contents, "Info.plist"), EmbeddedText.Read($"finder/{action}.plist", ("MARK", OwnedFile.Mark), ("TITLE", Xml(title)), ("ICON", icon)));
        yield return new OwnedFile(Path.Combine(contents, "document.wflow"), EmbeddedText.Read("finder/workflow.wflow", ("MARK", OwnedFile.Mark), ("METHOD", method), ("INPUT", input), ("ICON", icon), ("SCRIPT", Xml(script))));

        // macOS looks a service's title up by the English one.
        foreach (var language in Labels.Languages)
            yield return new OwnedFile(Path.Combine(contents, "Resources", $"{(language == "zh-CN" ? "zh-Hans" : language)}.lproj", "ServicesMenu.strings"), $"/* {OwnedFile.Mark} */\n\"{title}\" = \"{Labels.In(language, action)}\";\n");
    }

    private static string Xml(string text) => SecurityElement.Escape(text).Replace("&apos;", "'", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal);

    private static string ShellQuoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
