namespace AltSendme.Cli.Integrations.Explorer;

/// <summary>What the registry says of the program: verbs, the type of ticket files, the scheme of ticket addresses, and the class behind the verbs.</summary>
/// <param name="programFolder">Where the program is installed.</param>
/// <param name="label">The words in the person's language, by their names in integrations/labels.json.</param>
internal sealed class ExplorerEntries(string programFolder, Func<string, string> label)
{
    /// <summary>The extension of ticket files; the key is shared with whoever else opens them.</summary>
    public const string Extension = Classes + ".altsendme";

    /// <summary>The scheme of ticket addresses; one program at a time has it.</summary>
    public const string Scheme = Classes + "altsendme";

    /// <summary>The type of ticket files.</summary>
    public const string FileType = "AltSendme.Ticket";

    /// <summary>What is started at login.</summary>
    public const string Startup = @"Software\Microsoft\Windows\CurrentVersion\Run";

    /// <summary>The value below <see cref="Startup"/>.</summary>
    public const string StartupName = "AltSendme.Service";

    private const string Classes = @"Software\Classes\";
    private const string SendFiles = Classes + @"*\shell\" + ExplorerNames.SendVerb;
    private const string SendFolders = Classes + @"Directory\shell\" + ExplorerNames.SendVerb;
    private const string ReceiveHere = Classes + @"Directory\Background\shell\" + ExplorerNames.ReceiveVerb;
    private const string Type = Classes + FileType;

    private static readonly string SendClass = $@"{Classes}CLSID\{ExplorerNames.SendClass:B}";

    private readonly string _program = programFolder.TrimEnd('\\') + '\\' + ExplorerNames.Program;

    /// <summary>Keys that are the program's by their names, with all that is below them.</summary>
    public static IReadOnlyList<string> OwnKeys { get; } = [SendFiles, SendFolders, ReceiveHere, SendClass, Type];

    /// <summary>Starts the service at login.</summary>
    public string StartupCommand => $"\"{_program}\" {ExplorerNames.Start}";

    /// <summary>What is written below <see cref="OwnKeys"/>.</summary>
    public IReadOnlyList<RegistryValue> Own =>
    [
        .. SendVerb(SendFiles), .. SendVerb(SendFolders),
        new(ReceiveHere, "MUIVerb", label("receive")), new(ReceiveHere, "Icon", Icon), new(ReceiveHere, "NoWorkingDirectory", ""),
        new(ReceiveHere + @"\command", "", $"\"{_program}\" {ExplorerNames.Receive}"),
        new(SendClass, "", label("send")), new(SendClass + @"\LocalServer32", "", $"\"{_program}\""),
        new(Type, "", label("ticketFile")), new(Type + @"\DefaultIcon", "", Icon), new(Type + @"\shell\open\command", "", ReceiveCommand),
    ];

    /// <summary>What is written below <see cref="Scheme"/>, when no other program has it.</summary>
    public IReadOnlyList<RegistryValue> SchemeValues =>
    [
        new(Scheme, "", $"URL:{label("ticketFile")}"), new(Scheme, "URL Protocol", ""), new(Scheme + @"\DefaultIcon", "", Icon), new(SchemeCommand, "", ReceiveCommand),
    ];

    /// <summary>Which program opens ticket addresses.</summary>
    public static string SchemeCommand => Scheme + @"\shell\open\command";

    private string Icon => $"{_program},0";

    private string ReceiveCommand => $"\"{_program}\" {ExplorerNames.Receive} \"%1\"";

    // The class is asked once for any number of items. The command is for programs that know no classes, once for each item.
    private IEnumerable<RegistryValue> SendVerb(string key) =>
    [
        new(key, "MUIVerb", label("send")), new(key, "Icon", Icon), new(key, "MultiSelectModel", "Player"), new(key, "NeverDefault", ""), new(key, "NoWorkingDirectory", ""),
        new(key + @"\command", "", $"\"{_program}\" {ExplorerNames.Send} \"%1\""), new(key + @"\command", "DelegateExecute", ExplorerNames.SendClass.ToString("B")),
    ];
}
