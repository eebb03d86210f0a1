using System.Globalization;

namespace AltSendme.Core.Settings.Schema;

/// <summary>One key of the settings or the policy: all that readers, editors, schemas and documents know about it comes from here.</summary>
internal sealed record SettingKey
{
    /// <summary>Sections and name, such as <c>Listen:Port</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Form of its value.</summary>
    public required SettingType Type { get; init; }

    /// <summary>What it is for, in Markdown, without an end of sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The value that holds where nothing sets it; empty lists and maps have none.</summary>
    public string Default { get; init; } = "";

    /// <summary>How documents show the default, where the value alone does not tell.</summary>
    public string? DefaultNote { get; init; }

    /// <summary>The words of a <see cref="SettingType.Choice"/>; of a list, those that its items may be.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Least value: of a number; of a duration, in seconds.</summary>
    public long Minimum { get; init; }

    /// <summary>Largest value: of a number; of a duration, in seconds.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>What a text, an item or a name must be, in words that follow "must be"; with <see cref="IsItem"/>.</summary>
    public string? ItemForm { get; init; }

    /// <summary>Whether a text, an item or a name can be used; all can without it.</summary>
    public Func<string, bool>? IsItem { get; init; }

    /// <summary>The same for the texts of a map.</summary>
    public string? MapForm { get; init; }

    /// <summary>Whether a text of a map can be used.</summary>
    public Func<string, bool>? IsMapText { get; init; }

    /// <summary>Whether policy may lock it to a value.</summary>
    public bool IsLockable { get; init; } = true;

    /// <summary>The sections.</summary>
    public IReadOnlyList<string> Parts => Path.Split(':');

    /// <summary>What values there are, in words that follow "must be".</summary>
    public string Form => Type switch
    {
        SettingType.Flag => "true or false",
        SettingType.Number => Maximum == long.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"a whole number from {Minimum} on") : string.Create(CultureInfo.InvariantCulture, $"{Minimum} to {Maximum}"),
        SettingType.Choice => Words(Choices),
        SettingType.Duration => $"between {Duration(Minimum)} and {Duration(Maximum)}",
        SettingType.Text => ItemForm ?? "a text",
        SettingType.List => Choices.Count > 0 ? $"a list of {Words(Choices)}" : $"a list of {ItemForm ?? "texts"}",
        SettingType.Map => $"an object of {ItemForm ?? "names"}, each with {MapForm ?? "a text"}",
        _ => "a list of objects with Url and perhaps Token",
    };

    /// <summary>The one spelling of a value: words as they are listed, numbers and durations as they are written. <see langword="null"/> when it can't be used.</summary>
    public string? Canonical(string text) => Type switch
    {
        SettingType.Flag => bool.TryParse(text, out var flag) ? flag ? "true" : "false" : null,
        SettingType.Number => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= Minimum && number <= Maximum ? number.ToString(CultureInfo.InvariantCulture) : null,
        SettingType.Choice => Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)),
        SettingType.Duration => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromSeconds(Minimum) && time <= TimeSpan.FromSeconds(Maximum) ? time.ToString("c", CultureInfo.InvariantCulture) : null,
        _ => CanonicalItem(text),
    };

    /// <summary>The same for an item of a list, a name of a map or a relay's URL.</summary>
    public string? CanonicalItem(string text) =>
        Choices.Count > 0 ? Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) : IsItem is null || IsItem(text) ? text : null;

    /// <summary>Seconds as settings write them.</summary>
    public static string Duration(long seconds) => TimeSpan.FromSeconds(seconds).ToString("c", CultureInfo.InvariantCulture);

    private static string Words(IReadOnlyList<string> words) => words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
}
