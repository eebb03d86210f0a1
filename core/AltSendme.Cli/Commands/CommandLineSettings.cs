using System.CommandLine;
using AltSendme.Core.Settings;
using AltSendme.Core.Settings.Schema;

namespace AltSendme.Cli.Commands;

/// <summary>What options say in the place of settings: the layer over files and environment, and below policy.</summary>
internal static class CommandLineSettings
{
    /// <summary>The layer of a command line.</summary>
    public static SettingLayer Of(ParseResult result)
    {
        var values = new List<(SettingKey, SettingValue)>();
        Add(values, SettingKeys.SendTicketType, Given(result, SendCommand.TicketType));
        Add(values, SettingKeys.DiscoveryMode, Given(result, DiscoveryOption.Discovery));
        Add(values, SettingKeys.ReceiveConflict, ReceiveCommand.Conflict(result));
        values.AddRange(RelayOption.Settings(result));
        return new SettingLayer("command line", values);
    }

    private static string? Given(ParseResult result, Option<string?> option) => result.GetResult(option) is { Implicit: false } ? result.GetValue(option) : null;

    private static void Add(List<(SettingKey, SettingValue)> values, SettingKey key, string? text)
    {
        if (text is not null && key.Canonical(text) is { } canonical)
            values.Add((key, SettingValue.Of(canonical)));
    }
}
