using System.Text.Json;
using System.Text.Json.Serialization;
using AltSendme.Core.Receiving;
using AltSendme.Core.Settings;

namespace AltSendme.Service.Client.Contract;

/// <summary>The JSON of the service's interface: camel-case names, enumerations as lower-case words, absent members in place of nulls. Members are added, never renamed.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WordConverter<ShareState>), typeof(WordConverter<ReceiverState>), typeof(WordConverter<ReceiveState>), typeof(WordConverter<ErrorKind>), typeof(WordConverter<ServiceEventType>), typeof(WordConverter<TicketForm>), typeof(WordConverter<ConflictRule>), typeof(WordConverter<WindowPage>)])]
[JsonSerializable(typeof(ShareOrder))]
[JsonSerializable(typeof(ShareView))]
[JsonSerializable(typeof(IReadOnlyList<ShareView>))]
[JsonSerializable(typeof(PreviewOrder))]
[JsonSerializable(typeof(PreviewView))]
[JsonSerializable(typeof(ReceiveOrder))]
[JsonSerializable(typeof(ReceiveView))]
[JsonSerializable(typeof(IReadOnlyList<ReceiveView>))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(ServiceEvent))]
[JsonSerializable(typeof(IReadOnlyList<SettingView>))]
[JsonSerializable(typeof(PolicyView))]
[JsonSerializable(typeof(WindowOrder))]
[JsonSerializable(typeof(WindowView))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>Makes options of somebody else write and read as this context does: a context that is only their resolver brings neither its converters nor its rules along.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.TypeInfoResolverChain.Insert(0, Default);
        options.DefaultIgnoreCondition = Default.Options.DefaultIgnoreCondition;
        foreach (var converter in Default.Options.Converters)
            options.Converters.Add(converter);
    }
}

/// <summary>An enumeration as lower-case words with hyphens.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
