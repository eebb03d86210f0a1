using AltSendme.Abstractions;
using AltSendme.Core;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings;
using AltSendme.Core.Settings.Schema;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Hosting;

namespace AltSendme.Service.Web.Preferences;

/// <summary>Shows and changes the user's settings as <c>altsendme config</c> does: the same keys, checks, file and policy.</summary>
/// <param name="core">The settings in force.</param>
/// <param name="options">Where they are kept.</param>
/// <param name="clock">The clock.</param>
internal sealed class PreferenceDesk(LiveCore core, ServiceOptions options, TimeProvider clock) : IDisposable
{
    private const int MaxChanges = 100;
    private const int MaxValues = 1000;
    private const int MaxRelays = 32;
    private const int MaxTextLength = 4096;
    private static readonly TimeSpan TestLimit = TimeSpan.FromSeconds(60);

    // One change at a time: each reads the file, and writes it anew.
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _testing = new(2);

    /// <summary>As they are.</summary>
    public PreferencesView View
    {
        get
        {
            var services = core.Current;
            var all = services.Loaded.All;
            var policy = SettingsReport.Policy(services.Policy);
            return new PreferencesView(
                [.. all.Where(static setting => setting.Key != SettingKeys.RelaysMode && setting.Key != SettingKeys.RelaysCustom).Select(Describe)],
                new RelayPreferences(
                    Value(services, SettingKeys.RelaysMode).Scalar!,
                    [.. Value(services, SettingKeys.RelaysCustom).Entries.Select(static entry => new RelayPreference(entry.Key, entry.Value.Length > 0))],
                    [.. policy.Rules.Where(static rule => rule.Key.StartsWith("Relays:", StringComparison.Ordinal))]),
                core.Fault ?? policy.Fault);
        }
    }

    /// <summary>Changes them.</summary>
    /// <exception cref="AltSendmeException">A key or value can't be used, or policy has something against it; nothing was changed.</exception>
    public async Task<PreferencesView> ChangeAsync(PreferencesOrder order, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var services = core.Current;
            new UserSettings(options.Files, services.Policy).Set(Changes(order, services));
            return View;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Tries a relay.</summary>
    /// <exception cref="AltSendmeException">It can't be tried.</exception>
    public async Task<RelayTestView> TestAsync(RelayEndpoint relay, CancellationToken cancellationToken)
    {
        if (relay.Url.Length > MaxTextLength || relay.Token?.Length > MaxTextLength || !RelayList.IsUrl(relay.Url))
            throw new ServiceException(ServiceCodes.BadRequest, "That is not the URL of a relay.");
        if (!await _testing.WaitAsync(TimeSpan.Zero, cancellationToken))
            throw new ServiceException(ServiceCodes.Busy, "Relays are being tried already.");
        try
        {
            // Cancelled by the window's end, or when it takes too long.
            using var limit = new CancellationTokenSource(TestLimit, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return await TestAsync(core.Current, relay, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RelayTestView(false, null, [new RelayTestStep(false, false, $"the relay did not answer within {TestLimit.TotalSeconds:0} seconds")]);
        }
        finally
        {
            _testing.Release();
        }
    }

    public void Dispose()
    {
        _writing.Dispose();
        _testing.Dispose();
    }

    private static async Task<RelayTestView> TestAsync(CoreServices services, RelayEndpoint relay, CancellationToken cancellationToken)
    {
        var token = Token(services, relay);
        var steps = new List<RelayTestStep>();
        double? latency = null;
        await foreach (var step in RelayCheck.RunAsync(services, new Uri(relay.Url), token.Length > 0 ? token : null, cancellationToken))
        {
            steps.Add(new RelayTestStep(step.Works, step.IsNote, step.Text));
            latency ??= step.Latency?.TotalMilliseconds;
        }

        return new RelayTestView(steps.All(static step => step.Works), latency, steps);
    }

    private static List<(SettingKey, SettingValue)> Changes(PreferencesOrder order, CoreServices services)
    {
        var changes = new List<(SettingKey, SettingValue)>();
        if (order.Changes.Count > MaxChanges)
            throw new ServiceException(ServiceCodes.BadRequest, $"{MaxChanges} settings can be changed at once.");
        foreach (var change in order.Changes)
        {
            if (change is null || change.Values.Count > MaxValues || change.Values.Any(static value => value is null || value.Length > ShareOrder.MaxPathLength))
                throw new ServiceException(ServiceCodes.BadRequest, "A value is missing or too long.");
            var key = UserSettings.Find(change.Key);
            if (key == SettingKeys.RelaysMode || key == SettingKeys.RelaysCustom)
                throw new ServiceException(ServiceCodes.BadRequest, "Relays are changed together, by the member relays.");
            changes.Add((key, UserSettings.Value(key, change.Values)));
        }

        if (order.Relays is { } relays)
            changes.AddRange(Changes(relays, services));
        return changes.Count > 0 ? changes : throw new ServiceException(ServiceCodes.BadRequest, "Nothing is to be changed.");
    }

    private static IEnumerable<(SettingKey, SettingValue)> Changes(RelayOrder order, CoreServices services)
    {
        var mode = UserSettings.Value(SettingKeys.RelaysMode, [order.Mode]);
        if (order.Custom.Count > MaxRelays || order.Custom.Any(static relay => relay is null || relay.Url.Length > MaxTextLength || relay.Token?.Length > MaxTextLength))
            throw new ServiceException(ServiceCodes.BadRequest, $"{MaxRelays} relays can be used, each with a URL and perhaps a token of {MaxTextLength} characters.");

        // Relays of one's own hold only while they are wanted.
        RelayEndpoint[] custom = mode.Scalar == "custom" ? [.. order.Custom] : [];
        UserSettings.Value(SettingKeys.RelaysCustom, [.. custom.Select(static relay => relay.Url)]);
        yield return (SettingKeys.RelaysMode, mode);
        yield return (SettingKeys.RelaysCustom, SettingValue.OfEntries(custom.Select(relay => KeyValuePair.Create(relay.Url, Token(services, relay)))));
    }

    private static string Token(CoreServices services, RelayEndpoint relay) => relay.Token ?? Value(services, SettingKeys.RelaysCustom).Entries.FirstOrDefault(entry => entry.Key == relay.Url).Value ?? "";

    private static SettingValue Value(CoreServices services, SettingKey key) => services.Loaded.All.First(setting => setting.Key == key).Value;

    private static PreferenceView Describe(EffectiveSetting setting)
    {
        var (key, value) = (setting.Key, setting.Value);
        return new PreferenceView(
            key.Path,
            value.Text(key),
            value.Scalar is null ? [.. value.Entries.Select(static entry => entry.Value.Length == 0 ? entry.Key : $"{entry.Key}={entry.Value}")] : null,
            setting.Source,
            setting.IsLocked,
            setting.IsLocked ? $"Locked by {setting.Source}." : null,
            key.Type.ToString().ToLowerInvariant(),
            key.Form,
            key.Default,
            key.Choices.Count > 0 ? key.Choices : null,
            key.Description);
    }
}
