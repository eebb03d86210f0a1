namespace AltSendme.Service.Client.Contract;

/// <summary>The service itself.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="ProcessId">Of the service.</param>
/// <param name="Started">When.</param>
/// <param name="Shares">Shares that are prepared or served.</param>
/// <param name="Receives">Receives that run or wait.</param>
/// <param name="Offered">Receives that can be resumed.</param>
/// <param name="IdleExitSeconds">How long it stays with nothing to do; <see langword="null"/> for ever.</param>
/// <param name="SettingsFault">Why changed settings are not in force: the last good ones are.</param>
public sealed record ServiceStatus(string Version, int ProcessId, DateTimeOffset Started, int Shares, int Receives, int Offered, long? IdleExitSeconds, string? SettingsFault);
